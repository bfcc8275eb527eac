# docker build -t udp-probe .
# docker run --rm -p 8080:8080 -p 7007:7007/udp udp-probe

# Of 18 September 2026. To raise it, take the digest that `docker buildx imagetools inspect debian:trixie-slim` prints.
ARG BASE=debian:trixie-slim@sha256:a99cfc517144bc59b1978475ec53b46ecabec7e43635402ee5b77cc54cd1b20a

FROM $BASE AS build
# The wrapper downloads its own Maven; Debian's is for where that cannot be reached.
# Slim images lack the directory for manual pages, without which the JDK's package fails.
RUN mkdir -p /usr/share/man/man1 && apt-get update \
 && apt-get install -y --no-install-recommends binutils ca-certificates curl maven openjdk-25-jdk-headless
WORKDIR /src
COPY . .
ARG REVISION=
RUN [ -z "$REVISION" ] || echo "git.commit.id=$REVISION" >src/main/resources/git.properties
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B --no-transfer-progress -DskipTests -Dmaven.gitcommitid.skip package
RUN java -Djarmode=tools -jar target/udp-probe-*.jar extract --layers --application-filename udp-probe.jar --destination /layers
RUN modules=$(jdeps --ignore-missing-deps --multi-release 25 -R --print-module-deps \
      --class-path '/layers/dependencies/lib/*' /layers/application/udp-probe.jar) \
 && jlink --add-modules "$modules" --strip-debug --compress zip-6 --no-header-files --no-man-pages --output /jre

# What the JVM needs of Debian, and a shell for `kubectl exec`. Scanners find the packages in status.d.
FROM $BASE AS system
WORKDIR /packages
RUN apt-get update && apt-get download base-files bash libc6 libgcc-s1 libstdc++6 libtinfo6 zlib1g \
 && mkdir -p /system/var/lib/dpkg/status.d \
 && for package in *.deb; do \
      dpkg-deb --extract "$package" /system && dpkg-deb --field "$package" >"/system/var/lib/dpkg/status.d/${package%%_*}"; \
    done \
 && rm -rf /system/usr/share/man /system/usr/share/locale /system/usr/share/lintian \
 && find /system/usr/share/doc -type f ! -name copyright -delete \
 && echo 'root:x:0:0::/root:/usr/sbin/nologin' >/system/etc/passwd \
 && echo 'udp-probe:x:65532:65532::/opt/udp-probe:/usr/sbin/nologin' >>/system/etc/passwd \
 && echo 'root:x:0:' >/system/etc/group && echo 'udp-probe:x:65532:' >>/system/etc/group \
 && ln -s /opt/java/bin/java /system/usr/bin/java \
# The directories of Tomcat, also of one for management, so that it makes none: the root may be read-only without a /tmp.
 && mkdir -p /system/opt/udp-probe/static /system/opt/udp-probe/work/Tomcat/localhost/ROOT \
      /system/opt/udp-probe/work/Tomcat-1/localhost/ROOT

FROM scratch AS runtime
COPY --from=system /system/ /
COPY --from=build /jre /opt/java
WORKDIR /opt/udp-probe
COPY --from=build /layers/dependencies/ /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY LICENSE NOTICE src/docker/jvm.flags ./

# The runtime's own files, with the shell and the curl of the build.
FROM build AS training
COPY --from=runtime /opt/ /opt/
RUN src/docker/train

FROM runtime
COPY --from=training /opt/udp-probe/udp-probe.aot ./
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=
LABEL org.opencontainers.image.title="udp-probe" \
      org.opencontainers.image.description="Both ends of a UDP path: an echo server, a connected client that hears refusals, and metrics for both" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
ENV SERVER_TOMCAT_BASEDIR=/opt/udp-probe
USER 65532:65532
EXPOSE 8080/tcp 7007/udp
ENTRYPOINT ["java", "-XX:Flags=jvm.flags", "-XX:AOTCache=udp-probe.aot", "-jar", "udp-probe.jar"]
