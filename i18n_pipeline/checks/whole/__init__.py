"""A locale as a whole: texts beside each other, and its pages."""
