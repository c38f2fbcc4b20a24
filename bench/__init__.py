"""Speed and accuracy against peers, floors and targets: `python -m bench [part …]`."""
