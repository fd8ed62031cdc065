"""A slow line: requests that wait until a test lets them go."""

from playwright.sync_api import Page, Route


class Held:
    """Holds every request to an address of the page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.waiting = page, address, list[Route]()
        page.route(address, self.catch)

    def catch(self, route: Route) -> None:
        self.waiting.append(route)

    def one_goes(self) -> None:
        """Let the one that waits go, and wait for the next."""
        with self.page.expect_request(self.address):
            self.waiting.pop().continue_()

    def all_are_lost(self) -> None:
        while self.waiting:
            self.waiting.pop().abort()
