"""How fast qa_checker is, beside a plain spaCy pipeline and a simple loop; and how right."""
