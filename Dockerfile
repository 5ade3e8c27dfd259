# The program and nothing else, for a container whose root is read-only. See docs/operating.md.

FROM rust:1.95-slim-trixie AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential cmake git make nodejs npm \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
ENV CARGO_TARGET_DIR=/src/target
RUN make build \
    && install -D target/release/passerelle /out/usr/local/bin/passerelle \
    # The one folder that is written to: a volume takes its owner and rights from here.
    && install -d -m 700 -o 10001 -g 10001 /out/data

FROM debian:trixie-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build --chown=root:root /out/usr/local/bin/passerelle /usr/local/bin/passerelle
COPY --from=build --chown=10001:10001 /out/data /data
USER 10001:10001
# Every path of the settings begins here: `data/…` is `/data/…`.
WORKDIR /
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/passerelle"]
CMD ["serve"]
