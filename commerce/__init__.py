"""What the shop does: the only room that decides and writes, one function per act, one transaction each."""
