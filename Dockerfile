# syntax=docker/dockerfile:1
# One image for every role: the command says which (serve, worker, migrate, cleanup).
FROM node:26-trixie-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm pack --ignore-scripts --pack-destination /pack

FROM node:26-trixie-slim AS install
WORKDIR /app
COPY --from=build /pack/*.tgz /pack/
COPY --from=build /src/package.json /pack/package.json
# Vendors' libraries are optional to a library user; the image carries all that a deployment may name in its settings.
RUN npm init -y >/dev/null \
 && npm install --no-audit --no-fund --omit=dev /pack/*.tgz \
      $(node -p "const d = require('/pack/package.json'); Object.keys(d.peerDependenciesMeta).map((n) => n + '@' + d.devDependencies[n]).join(' ')") \
 && rm -rf /root/.npm

FROM node:26-trixie-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
COPY --from=install /app /app
RUN mkdir /data && chown node:node /data
USER node
WORKDIR /app
VOLUME /data
EXPOSE 8080
# SIGTERM drains: nothing new is taken, running work may end.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/mdraft/bin/mdraft.js"]
CMD ["serve"]
