# KTRDR backend. Parses with the classic builder of Engine 20.10 and with BuildKit alike, so there
# are no mounts, no --chmod and no syntax line. The order of steps is the order of change: Debian
# packages, the Java runtime, libraries, the program, its start-up cache, labels.

ARG DEBIAN=trixie-slim

# --- builder: compiles the program and cuts a Java runtime to size ---------------------------------
FROM debian:${DEBIAN} AS toolchain
# man1 must exist before a JDK is installed on a slim image: its alternatives point there.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && apt-get install -y --no-install-recommends \
      binutils ca-certificates curl maven openjdk-25-jdk-headless unzip zip \
 && rm -rf /var/lib/apt/lists/*
ENV LANG=C.UTF-8 MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow"
RUN ln -s /usr/lib/jvm/java-25-openjdk-* /usr/lib/jvm/java-25
ENV JAVA_HOME=/usr/lib/jvm/java-25

# The trust store is written in the form that Java reads without a password and that carries no time
# of day, so that two builds give the same bytes.
FROM toolchain AS java
COPY docker/modules.txt /tmp/
RUN jlink --add-modules "$(grep -v '^#' /tmp/modules.txt | paste -sd,)" \
      --no-header-files --no-man-pages --strip-java-debug-attributes --output /opt/java \
 && rm -rf /opt/java/legal \
 && find /opt/java/lib -name '*.so' -exec strip --strip-unneeded {} + \
 && rm -f /opt/java/lib/security/cacerts \
 && keytool -importkeystore -noprompt -srckeystore /etc/ssl/certs/java/cacerts \
      -srcstorepass changeit -destkeystore /opt/java/lib/security/cacerts -deststorepass changeit \
      -deststoretype pkcs12 -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE \
      -J-Dkeystore.pkcs12.macAlgorithm=NONE

FROM toolchain AS builder
WORKDIR /src
# The poms come first: as long as they stay as they are, the libraries come from the cache.
COPY pom.xml ./
COPY .mvn .mvn/
COPY engine/pom.xml engine/
COPY backend/pom.xml backend/
COPY cli/pom.xml cli/
COPY container-tests/pom.xml container-tests/
COPY benchmarks/pom.xml benchmarks/
COPY docker/fetch-libraries docker/
RUN docker/fetch-libraries
COPY engine engine/
COPY backend backend/
COPY cli cli/
COPY docker/assemble docker/
ARG SOURCE_DATE_EPOCH=1767225600
RUN mvn -B -q -o -pl engine,backend,cli package -Dmaven.test.skip=true -Dspotless.check.skip=true \
 && docker/assemble /out

# --- dev: the tool chain with the libraries; the source is mounted, see docker-compose.dev.yml ------
FROM builder AS dev
RUN apt-get update \
 && apt-get install -y --no-install-recommends procps tini \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd -g 1000 ktrdr && useradd -l -u 1000 -g ktrdr -m -d /home/ktrdr -s /bin/bash ktrdr \
 && mv /root/.m2 /home/ktrdr/.m2 \
 && install -d -o 1000 -g 1000 /home/ktrdr/app /home/ktrdr/app/data /home/ktrdr/app/logs /work \
 && chown -R 1000:1000 /home/ktrdr/.m2
COPY docker/bin/ /usr/local/bin/
COPY config /home/ktrdr/app/config
USER ktrdr
RUN KTRDR_DEV_SOURCE=/src LOG_FORMAT=text ktrdr-dev --fetch \
 && rm -rf /home/ktrdr/build /home/ktrdr/app/data/* /home/ktrdr/app/logs/*
ENV ENVIRONMENT=development LOG_LEVEL=DEBUG LOG_FORMAT=text KTRDR_BIND=0.0.0.0
WORKDIR /work
EXPOSE 8000 5005
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 \
  CMD ["/usr/local/bin/ktrdr-healthcheck"]
ENTRYPOINT ["/usr/bin/tini", "-g", "-e", "143", "--"]
CMD ["/usr/local/bin/ktrdr-dev"]

# --- runtime: what users run -----------------------------------------------------------------------
FROM debian:${DEBIAN} AS runtime
# The numbers of the user come first, before any package can take them.
RUN groupadd -g 1000 ktrdr \
 && useradd -l -u 1000 -g ktrdr -m -d /home/ktrdr -s /bin/bash ktrdr \
 && chmod 0755 /home/ktrdr
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl procps tini \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/ldconfig/aux-cache \
      /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/log/dpkg.log /var/log/apt \
      /var/log/alternatives.log /etc/*- \
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
 && mkdir -p /usr/share/doc/ktrdr \
 && dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' > /usr/share/doc/ktrdr/packages.txt
COPY --from=java /opt/java /opt/java
COPY --from=builder /out/native /home/ktrdr/app/native
COPY --from=builder /out/lib /home/ktrdr/app/lib
COPY --from=builder /out/app /home/ktrdr/app
COPY --from=builder /out/doc /usr/share/doc/ktrdr
COPY config /home/ktrdr/app/config
COPY docker/bin/ /usr/local/bin/
COPY docker/jvm.options /usr/local/lib/ktrdr/
RUN install -d -o 1000 -g 1000 -m 0750 /home/ktrdr/app/data /home/ktrdr/app/logs
ENV LANG=C.UTF-8 \
    JAVA_HOME=/opt/java \
    PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    MALLOC_ARENA_MAX=2 \
    ENVIRONMENT=production \
    LOG_LEVEL=INFO \
    KTRDR_BIND=0.0.0.0
WORKDIR /home/ktrdr/app
# The start-up cache is valid for exactly these jars and this runtime, so it is trained last.
RUN ktrdr-train-aot
USER ktrdr
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["/usr/local/bin/ktrdr-healthcheck"]
ENTRYPOINT ["/usr/bin/tini", "-s", "-e", "143", "--", "/usr/local/bin/ktrdr-entrypoint"]
CMD ["serve"]
# Arguments are used late: a changed one makes every later step run again. A test holds VERSION
# against the parent pom, which is where the version is decided.
ARG VERSION=1.0.5.5
ARG REVISION=unknown
ARG CREATED=2026-01-01T00:00:00Z
LABEL org.opencontainers.image.title="ktrdr-backend" \
      org.opencontainers.image.description="A self-hosted neuro-fuzzy trading backend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="https://example.invalid/ktrdr" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="debian:trixie-slim"
