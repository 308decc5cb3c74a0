"""What can be seen in a text alone: names and numbers of people, languages, words that stood before."""
