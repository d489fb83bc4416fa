# The service as an image: every package pinned by hash, nothing running as root.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
# `otel` for the packages that tracing takes.
ARG LOCK=run
COPY requirements/run.lock requirements/otel.lock requirements/
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/${LOCK}.lock
COPY pyproject.toml README.md LICENSE alembic.ini ./
COPY src src
COPY alembic alembic
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m compileall -q src alembic

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app outfitter \
    && mkdir -p /data && chown outfitter /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data
USER outfitter
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Any answer means that the process lives; it is asked without loading the service a second time.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["python", "-S", "-c", \
    "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('PORT') or 8000), timeout=2); c.request('GET', '/healthz'); c.getresponse()"]
ENTRYPOINT ["outfitter"]
CMD ["serve"]
