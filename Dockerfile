# The shop as an image: built with the same script that installs a checkout, run by a user without rights.
FROM node:22-slim AS node

FROM python:3.11-slim AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /shop
COPY . .
RUN ./install.sh --stripe && rm -rf node_modules && .venv/bin/python -m compileall -q -x '(node_modules|\.venv)' .

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 SHOPWRIGHT_DATA=/data
RUN useradd --uid 10001 --no-create-home --home-dir /data shop && install -d -o shop -g shop /data
WORKDIR /shop
COPY --from=build /shop /shop
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/shop/.venv/bin/python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["./shopwright"]
CMD ["serve", "--host", "0.0.0.0"]
