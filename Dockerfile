# The program and nothing else, for a container whose root is read-only. See docs/operating.md.

FROM rust:1.95-slim-trixie AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential cmake nodejs npm \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
ENV CARGO_TARGET_DIR=/src/target
RUN make build

FROM debian:trixie-slim
# The one folder that is written to: a volume takes its owner and rights from here.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -m 700 -o 10001 -g 10001 /data
COPY --from=build /src/target/release/passerelle /usr/local/bin/passerelle
COPY packaging/healthcheck.sh /usr/local/bin/healthcheck
USER 10001:10001
# Every path of the settings begins here: `data/…` is `/data/…`.
WORKDIR /
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/usr/local/bin/healthcheck"]
ENTRYPOINT ["/usr/local/bin/passerelle"]
CMD ["serve"]
