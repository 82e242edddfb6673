# Copydesk with its schedule, sensor and pages; see docs/operations.md for how it is run.
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 copydesk \
    && mkdir -p /app /data/corpus /data/warehouse \
    && chown -R copydesk:copydesk /app /data
WORKDIR /app

COPY --chown=copydesk:copydesk pyproject.toml requirements.lock README.md LICENSE dagster.yaml ./
COPY --chown=copydesk:copydesk assets ./assets
COPY --chown=copydesk:copydesk pipelines ./pipelines
COPY --chown=copydesk:copydesk seeds ./seeds
COPY --chown=copydesk:copydesk warehouse ./warehouse
RUN pip install --no-cache-dir --constraint requirements.lock --editable '.[archives]'

USER copydesk
ENV COPYDESK_CORPUS=/data/corpus \
    COPYDESK_WAREHOUSE=/data/warehouse \
    NUMBA_CACHE_DIR=/data/warehouse/.numba \
    PYTHONUNBUFFERED=1
VOLUME ["/data/warehouse"]
EXPOSE 3000
STOPSIGNAL SIGINT
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/server_info', timeout=4)"]
CMD ["python", "-m", "assets.cli", "ui", "--host", "0.0.0.0", "--port", "3000"]
