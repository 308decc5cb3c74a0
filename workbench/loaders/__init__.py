"""What agencies hand in: files in, checked rows and an account of every row out."""
