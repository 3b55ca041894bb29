"""The staff side: today, orders, customers, products, categories, API keys, audit log."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import FilePayload, Locator, expect

from tests.e2e.pages.frame import StorePage


class StaffPage(StorePage):
    """What all staff pages have in common; `/admin` is the first of them."""

    path = "/admin"

    @property
    def sign_in_needed(self) -> Locator:
        return self.page.get_by_test_id("staff-sign-in-needed")

    @property
    def not_allowed(self) -> Locator:
        return self.page.get_by_test_id("staff-not-allowed")

    def go_to(self, section: str) -> None:
        """By the name of the section at the side: Today, Orders, Customers …"""
        pages = self.page.get_by_role("navigation", name="Staff pages")
        pages.get_by_role("link", name=section).click()
        expect(self.heading).to_have_text(section)


class StaffOrdersPage(StaffPage):
    path = "/admin/orders"
    places = "admin/orders"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("order-row")

    def search_for(self, text: str) -> None:
        """A number, or a part of an e-mail address."""
        field = self.page.get_by_role("searchbox", name="Number or e-mail")
        field.fill(text)
        field.press("Enter")

    def follow(self, number: str) -> StaffOrderPage:
        self.rows.get_by_role("link", name=number).click()
        order = StaffOrderPage(self.page)
        expect(order.heading).to_have_text(number)
        return order


class StaffOrderPage(StaffPage):
    """`/admin/orders/<id>`"""

    @property
    def status(self) -> Locator:
        return self.page.get_by_test_id("order-status")

    @property
    def next_step(self) -> Locator:
        """What can be done with the order; nothing for who may only look."""
        return self.page.get_by_role("region", name="Next step").or_(
            self.page.get_by_role("heading", name="Next step")
        )

    def ship(self, tracking: str = "") -> None:
        self.page.get_by_label("Tracking number").fill(tracking)
        self.page.get_by_role("button", name="Mark as shipped").click()
        expect(self.status).to_have_text("Shipped")

    def deliver(self) -> None:
        self.page.get_by_role("button", name="Mark as delivered").click()
        expect(self.status).to_have_text("Delivered")

    def cancel(self, reason: str) -> None:
        self.page.get_by_role("button", name="Cancel the order …").click()
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_label("Reason").fill(reason)
        sheet.get_by_test_id("confirm-cancel").click()
        expect(self.status).to_have_text("Cancelled")


class StaffKeysPage(StaffPage):
    path = "/admin/keys"
    places = "admin/keys"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("key-row")

    def row(self, name: str) -> Locator:
        return self.rows.filter(has_text=name)

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog", name="New API key")

    @property
    def secret(self) -> Locator:
        """The key, the one time it is shown."""
        return self.page.get_by_test_id("fresh-key-secret")

    @property
    def question(self) -> Locator:
        """Whether a key shall really be revoked."""
        return self.page.get_by_role("dialog", name="Revoke")

    def make(self, name: str, *scopes: str) -> None:
        """Fill in the form and send it, without waiting for what comes of it."""
        self.page.get_by_role("button", name="New key").click()
        self.form.get_by_label("Name").fill(name)
        for scope in scopes:
            self.form.get_by_label(scope).check()
        self.form.get_by_role("button", name="Create key").click()

    def done(self) -> None:
        """Close the dialog with the key."""
        self.page.get_by_role("button", name="I have copied it").click()
        expect(self.secret).to_have_count(0)

    def revoke(self, name: str) -> None:
        self.row(name).get_by_role("button", name="Revoke").click()
        self.question.get_by_role("button", name="Revoke", exact=True).click()
        expect(self.row(name)).to_contain_text("Revoked")


class StaffCustomersPage(StaffPage):
    path = "/admin/customers"
    places = "admin/customers"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("customer-row")

    @property
    def search(self) -> Locator:
        return self.page.get_by_role("searchbox", name="Name, e-mail, phone or order")

    def type(self, text: str) -> None:
        """Type into the search field, and nothing else."""
        self.search.press_sequentially(text, delay=20)

    def follow(self, name: str) -> StaffCustomerPage:
        self.rows.get_by_role("link", name=name).first.click()
        customer = StaffCustomerPage(self.page)
        expect(customer.heading).to_have_text(name)
        return customer


class StaffCustomerPage(StaffPage):
    """`/admin/customers/<id>`"""

    @property
    def addresses(self) -> Locator:
        return self.page.get_by_test_id("customer-addresses")

    @property
    def orders(self) -> Locator:
        return self.page.get_by_role("region", name="Orders", exact=True).get_by_test_id("order-row")

    @property
    def guest_orders(self) -> Locator:
        return self.page.get_by_test_id("guest-orders").get_by_test_id("order-row")

    @property
    def new_note(self) -> Locator:
        return self.page.get_by_label("New note")

    @property
    def notes(self) -> Locator:
        return self.page.get_by_test_id("customer-note")

    def remove_note(self, text: str) -> None:
        self.notes.filter(has_text=text).get_by_test_id("remove-note").click()
        self.page.get_by_role("dialog").get_by_test_id("confirm-remove-note").click()
        expect(self.notes.filter(has_text=text)).to_have_count(0)


class StaffProductsPage(StaffPage):
    path = "/admin/products"
    places = "admin/products"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("product-row")

    def search_for(self, text: str) -> None:
        field = self.page.get_by_role("searchbox", name="Title, brand or tag")
        field.fill(text)
        field.press("Enter")

    def new_product(self) -> ProductEditor:
        self.page.get_by_role("link", name="New product").click()
        return ProductEditor(self.page).arrived()


class StaffStockPage(StaffPage):
    path = "/admin/stock"
    places = "admin/stock"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("stock-row")

    def search_for(self, text: str) -> None:
        """A part of a SKU or of a title, as it is typed."""
        self.page.get_by_role("searchbox", name="SKU or title").fill(text)

    def follow(self, sku: str) -> StockArticlePage:
        self.rows.filter(has_text=sku).get_by_role("link").click()
        return StockArticlePage(self.page).arrived()


class StockArticlePage(StaffPage):
    """`/admin/stock/<sku>`"""

    places = "admin/stock/[^/?]+"

    def arrived(self) -> Self:
        super().arrived()
        expect(self.page.get_by_test_id("stock-title")).to_be_visible()
        return self

    @property
    def on_hand(self) -> Locator:
        return self.page.get_by_test_id("stock-on-hand")

    @property
    def available(self) -> Locator:
        return self.page.get_by_test_id("stock-available")

    @property
    def ledger(self) -> Locator:
        return self.page.get_by_test_id("ledger-row")

    @property
    def shelves(self) -> Locator:
        return self.page.get_by_test_id("shelf")

    @property
    def counted(self) -> Locator:
        return self.page.get_by_test_id("count-form").get_by_label("Units")

    def count(self, units: str, *, reason: str = "Counted", location: str = "Bristol workshop") -> None:
        form = self.page.get_by_test_id("count-form")
        self.page.evaluate(
            "() => new Promise((done) => setTimeout(done, 400))"
        )  # a form takes no second press sooner
        form.get_by_label("Location").select_option(location)
        reasons = form.get_by_label("What happened")
        reasons.select_option(reasons.locator("option", has_text=reason).inner_text())
        form.get_by_label("Units").fill(units)
        form.get_by_role("button", name="Write it down").click()

    def carry(self, units: str, *, source: str, target: str) -> None:
        form = self.page.get_by_test_id("move-form")
        form.get_by_label("From").select_option(source)
        form.get_by_label("To").select_option(target)
        form.get_by_label("Units").fill(units)
        form.get_by_role("button", name="Carry over").click()

    def make_to_order(self, units: str, *, days: str) -> None:
        form = self.page.get_by_test_id("backorder-form")
        form.get_by_label("Units that may be sold").fill(units)
        form.get_by_label("Days until").fill(days)
        form.get_by_role("button", name="Save").click()


class ProductEditor(StaffPage):
    """`/admin/products/new` and `/admin/products/<slug>`"""

    places = "admin/products/[^/?]+"

    def arrived(self) -> Self:
        super().arrived()
        expect(self.page.get_by_test_id("product-form")).to_be_visible()
        return self

    def field(self, label: str) -> Locator:
        return self.page.get_by_test_id("product-form").get_by_label(label, exact=True)

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.field(label).blur()

    def variant_field(self, label: str, variant: str = "") -> Locator:
        """SKU, Price, Units on hand … of a variant such as Chalk / Small; of the only one without options."""
        name = f"{label} {variant}".strip()
        return self.page.get_by_test_id("variant-row").get_by_role("textbox", name=name, exact=True)

    @property
    def pictures(self) -> Locator:
        return self.page.get_by_label("What the picture shows")

    def upload(self, name: str, content: bytes) -> None:
        file: FilePayload = {"name": name, "mimeType": "image/svg+xml", "buffer": content}
        self.page.get_by_label("Pictures to upload").set_input_files(file)

    @property
    def unsaved(self) -> Locator:
        return self.page.get_by_test_id("unsaved")

    def save(self) -> None:
        """Press Save, without waiting for what comes of it."""
        self.page.get_by_role("button", name="Save", exact=True).click()


class AuditPage(StaffPage):
    path = "/admin/audit"
    places = "admin/audit"

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("audit-row")

    @property
    def count(self) -> Locator:
        return self.page.get_by_test_id("audit-count")

    @property
    def active_filters(self) -> Locator:
        return self.page.get_by_role("list", name="Active filters").get_by_role("listitem")

    def about(self, kind: str) -> None:
        """All, Orders, Products …"""
        chips = self.page.get_by_role("navigation", name="What it is about")
        chips.get_by_role("link", name=kind, exact=True).click()
        expect(chips.get_by_role("link", name=kind, exact=True)).to_have_attribute("aria-current", "true")

    def search_for(self, text: str) -> None:
        field = self.page.get_by_role("searchbox", name="Name, number or SKU")
        field.fill(text)
        field.press("Enter")

    def unfold(self, row: Locator) -> Locator:
        """Open a row; what changed."""
        toggle = row.get_by_role("button", name="Details")
        toggle.click()
        expect(toggle).to_have_attribute("aria-expanded", "true")
        return self.page.get_by_test_id("audit-diff").filter(visible=True)

    def export(self, name: str) -> bytes:
        """What comes down when one follows the link "Export CSV" or "JSON"."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name).click()
        return coming.value.path().read_bytes()
