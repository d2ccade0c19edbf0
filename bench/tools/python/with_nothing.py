"""A training under nothing at all: what the others are compared with."""

from stand_in import now, tell, train, wait_for_the_word


def main():
    wait_for_the_word()
    start = now()
    train()
    tell(start, now(), {})


if __name__ == "__main__":
    main()
