"""The transactional store, one module per question that is put to it; every one of them asks who is asking."""
