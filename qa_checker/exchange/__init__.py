"""Rules in other people's forms: word lists that teams have, a vendor's export."""
