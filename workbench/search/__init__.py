"""Full-text search: words in any form, phrases, parts of words, in Swedish and English."""
