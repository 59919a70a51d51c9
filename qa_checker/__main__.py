"""python -m qa_checker: the command line."""

from qa_checker.cli import main

if __name__ == "__main__":
    main()
