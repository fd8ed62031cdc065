"""The welfare-area group: members, their schools, the rights matrix."""
