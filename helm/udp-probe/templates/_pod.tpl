{{/* The pod template, the same for every kind of workload. */}}
{{- define "udp-probe.pod" -}}
{{- include "udp-probe.validate" . -}}
metadata:
  labels:
    {{- include "udp-probe.selectorLabels" . | nindent 4 }}
    {{- with mergeOverwrite (deepCopy .Values.commonLabels) .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "udp-probe.config" . | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "udp-probe.serviceAccountName" . | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.hostNetwork }}
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  containers:
    - name: udp-probe
      image: {{ include "udp-probe.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      env:
        - name: SERVER_PORT
          value: {{ .Values.http.port | quote }}
        {{- with .Values.management.port }}
        - name: MANAGEMENT_SERVER_PORT
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.jvmOptions }}
        - name: JAVA_TOOL_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: http
          containerPort: {{ .Values.http.port }}
        {{- with .Values.management.port }}
        - name: management
          containerPort: {{ . }}
        {{- end }}
        {{- if eq (include "udp-probe.healthPort" .) "health" }}
        - name: health
          containerPort: {{ index .Values.config.http "health-port" }}
        {{- end }}
        {{- if include "udp-probe.echo" . }}
        - name: udp
          containerPort: {{ .Values.config.echo.port }}
          protocol: UDP
        {{- end }}
      {{- range $probe, $path := dict "startup" "/livez" "liveness" "/livez" "readiness" "/readyz" }}
      {{ $probe }}Probe:
        httpGet:
          path: {{ $path }}
          port: {{ include "udp-probe.healthPort" $ }}
          {{- if and $.Values.http.tlsSecret (eq (include "udp-probe.healthPort" $) "http") }}
          scheme: HTTPS
          {{- end }}
        {{- toYaml (index $.Values.probes $probe) | nindent 8 }}
      {{- end }}
      {{- with .Values.drainSeconds }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ . }}
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .Values.securityContext | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /opt/udp-probe/config
          readOnly: true
        {{- range $name, $secret := include "udp-probe.secrets" . | fromJson }}
        - name: {{ $name }}
          mountPath: /etc/udp-probe/{{ $name }}
          readOnly: true
        {{- end }}
        {{- with .Values.volumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ include "udp-probe.fullname" . | quote }}
    {{- range $name, $secret := include "udp-probe.secrets" . | fromJson }}
    - name: {{ $name }}
      secret:
        secretName: {{ $secret | quote }}
    {{- end }}
    {{- with .Values.volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and .Values.topologySpread.enabled (eq .Values.workload "deployment") }}
  topologySpreadConstraints:
    - maxSkew: {{ .Values.topologySpread.maxSkew }}
      topologyKey: {{ .Values.topologySpread.topologyKey }}
      whenUnsatisfiable: {{ .Values.topologySpread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- include "udp-probe.selectorLabels" . | nindent 10 }}
  {{- end }}
{{- end -}}

{{- define "udp-probe.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if .Values.security.accountsSecret -}}
{{- $config = mergeOverwrite (dict "security" (dict "account-files" (list "/etc/udp-probe/accounts/*.yaml"))) $config -}}
{{- end -}}
udp-probe:
  {{- toYaml $config | nindent 2 }}
{{- $secrets := include "udp-probe.secrets" . | fromJson }}
{{- $bundles := dict }}
{{- range $bundle := list "http-tls" "management-tls" }}
{{- if hasKey $secrets $bundle }}
{{- $files := printf "/etc/udp-probe/%s/tls." $bundle }}
{{- $_ := set $bundles $bundle (dict "reload-on-update" true "keystore" (dict "certificate" (print $files "crt") "private-key" (print $files "key") "verify-keys" true)) }}
{{- end }}
{{- end }}
{{- with $bundles }}
spring:
  ssl:
    bundle:
      pem:
        {{- toYaml . | nindent 8 }}
{{- end }}
{{- if hasKey $secrets "http-tls" }}
server:
  ssl:
    bundle: http-tls
{{- end }}
{{- if hasKey $secrets "management-tls" }}
management:
  server:
    ssl:
      bundle: management-tls
{{- end }}
{{- end -}}
