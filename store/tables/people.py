"""Who answers for an agency, their sessions, what was moderated, and mail to be sent."""
