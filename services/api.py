"""The REST API, assembled from the services' routers. Contract: OpenAPI at /api/openapi.json, docs at /api/docs."""

from __future__ import annotations

from hmac import compare_digest

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi_offline import FastAPIOffline
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services import health
from services.account.api import router as me
from services.api_key.api import router as api_keys
from services.audit.api import router as audit
from services.cart.api import router as carts
from services.cart.currency_api import router as currency
from services.catalog.api import router as catalog
from services.checkout.api import router as checkout
from services.customer.api import router as customers
from services.delivery.api import router as delivery
from services.error_handlers import install_error_handlers
from services.errors import Unauthenticated
from services.http import current_person
from services.identity.api import router as sign_in
from services.identity.sign_out_api import router as sign_out
from services.inventory.api import router as stock
from services.inventory.locations_api import router as stock_locations
from services.media.api import router as media
from services.openapi import describe_authorization
from services.order.api import router as orders
from services.payment.api import router as webhooks
from services.price_list.api import router as price_lists
from services.promotion.api import router as promotions
from services.settings import settings
from services.tax.api import router as taxes
from services.unmatched import refuse_unmatched
from services.wishlist.api import router as wishes


def create_api() -> FastAPI:
    """The application that answers /api, /auth, /media and /metrics; pages are mounted around it by store_app."""
    app = FastAPIOffline(
        title="Larkspur",
        summary="A store: catalogue, carts, orders.",
        version="1.0",
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
        swagger_ui_oauth2_redirect_url="/api/docs/oauth2-redirect",
        static_url="/api/docs/files",
    )
    install_error_handlers(app)
    version_1 = APIRouter(prefix="/api/v1")
    # in the order in which they are tried: what is asked for most comes first
    version_1.include_router(carts)
    for router in (
        orders,
        catalog,
        promotions,
        price_lists,
        customers,
        stock,
        stock_locations,
        delivery,
        taxes,
        webhooks,
        wishes,
        me,
        audit,
        health.router,
    ):
        version_1.include_router(router)
    version_1.include_router(checkout)
    version_1.include_router(api_keys, dependencies=[Depends(current_person)])
    app.include_router(version_1)
    app.include_router(sign_in)
    app.include_router(sign_out)
    app.include_router(currency)
    app.include_router(media)

    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        token = settings().metrics_token.get_secret_value()
        sent = request.headers.get("authorization", "")
        if token and not compare_digest(sent.encode(), f"Bearer {token}".encode()):
            raise Unauthenticated("Send METRICS_TOKEN as a bearer token.")
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    refuse_unmatched(app)
    describe_authorization(app)
    return app
