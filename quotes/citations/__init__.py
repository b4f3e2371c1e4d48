"""6: citing. One plain record, and functions from it to the styles and formats that people use."""
