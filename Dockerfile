# syntax=docker/dockerfile:1
# Three stages: one builds the page, one installs into /opt/guanxi, the last carries only these two and the seeds.
# The embedded engine brings its own Java runtime and needs glibc 2.34 or newer, so no Alpine.

FROM node:22-bookworm-slim AS page
WORKDIR /page
COPY explorer/package.json explorer/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY explorer ./
RUN npm run build

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/guanxi
WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN /opt/guanxi/bin/pip install --require-hashes -r requirements/run.txt \
    && pip install --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY questions questions
COPY api api
COPY guanxi guanxi
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
    && /opt/guanxi/bin/pip install --no-deps --no-index /dist/*.whl \
    && /opt/guanxi/bin/python -m graph.javacache

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/guanxi guanxi
COPY --from=build /opt/guanxi /opt/guanxi
COPY --from=page /page/dist /usr/share/guanxi/page
COPY seeds /usr/share/guanxi/seeds
ENV PATH=/opt/guanxi/bin:$PATH PYTHONUNBUFFERED=1 \
    GUANXI_GRAPH=/var/lib/guanxi/graph GUANXI_PAGE=/usr/share/guanxi/page
USER guanxi
WORKDIR /var/lib/guanxi
VOLUME /var/lib/guanxi
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["guanxi"]
# Beyond loopback the service asks for keys: GUANXI_KEYS names the file that holds them.
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
