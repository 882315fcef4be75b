"""What is thrown at a server that holds out: documents, values, bodies, frames and sockets no honest client sends."""
