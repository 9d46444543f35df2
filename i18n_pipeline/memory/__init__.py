"""What a project remembers in `.i18n/`: it saves money and time; people's work is elsewhere."""
