"""What is known of languages: how they write numbers, how they deny, which words they have."""
