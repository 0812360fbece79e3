"""The log over HTTP (账目查询): its head for everybody, its tiles and proofs, and its entries for those who watch over all."""
