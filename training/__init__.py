"""Training, export and evaluation of Enlarger's networks. See training/README.md."""
