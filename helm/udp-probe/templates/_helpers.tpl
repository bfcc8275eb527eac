{{/* Legal for a Service (RFC 1035), with room for the longest suffix. What is cut off lives on in a digest. */}}
{{- define "udp-probe.fullname" -}}
{{- $chart := default .Chart.Name .Values.nameOverride -}}
{{- $name := default (contains $chart .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $chart)) .Values.fullnameOverride -}}
{{- $name = regexReplaceAll "[^a-z0-9-]" (lower $name) "-" -}}
{{- if not (regexMatch "^[a-z]" $name) -}}{{- $name = printf "%s-%s" .Chart.Name $name -}}{{- end -}}
{{- gt (len $name) 48 | ternary (printf "%s-%s" (trunc 39 $name) (sha256sum $name | trunc 8)) $name -}}
{{- end -}}

{{- define "udp-probe.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: probe
{{- end -}}

{{/* Of everything that is not a pod of the workload. */}}
{{- define "udp-probe.labels" -}}
{{- include "udp-probe.labelsWith" (list . dict) -}}
{{- end -}}

{{/* Those and more, which win over the common ones. Takes a list of root and labels. */}}
{{- define "udp-probe.labelsWith" -}}
{{- $more := last . -}}
{{- with first . -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with mergeOverwrite (deepCopy .Values.commonLabels) $more }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "udp-probe.image" -}}
{{- .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end -}}
{{- end -}}

{{- define "udp-probe.serviceAccountName" -}}
{{- default (.Values.serviceAccount.create | ternary (include "udp-probe.fullname" .) "default") .Values.serviceAccount.name -}}
{{- end -}}

{{/* "true" unless the configuration switches the echo server off. */}}
{{- define "udp-probe.echo" -}}
{{- if ne (toString .Values.config.echo.enabled) "false" }}true{{ end -}}
{{- end -}}

{{/* "true" if the echo server has a key, as far as the values tell. */}}
{{- define "udp-probe.keyed" -}}
{{- $keyed := .Values.config.echo.key -}}
{{- range .Values.env -}}{{- if eq .name "UDPPROBE_ECHO_KEY" -}}{{- $keyed = .name -}}{{- end -}}{{- end -}}
{{- if $keyed }}true{{ end -}}
{{- end -}}

{{/* "true" unless the client may not send to its own loopback, where a test expects a refusal. */}}
{{- define "udp-probe.loopback" -}}
{{- if not (index (default dict .Values.config.client) "allowed-targets") }}true{{ end -}}
{{- end -}}

{{/* How many pods an update may add and take, as JSON. Two pods cannot share a node's port. */}}
{{- define "udp-probe.update" -}}
{{- $tied := or (eq .Values.workload "daemonset") .Values.hostNetwork -}}
{{- $update := .Values.update -}}
{{- dict
  "maxSurge" (kindIs "invalid" $update.maxSurge | ternary ($tied | ternary 0 1) $update.maxSurge)
  "maxUnavailable" (kindIs "invalid" $update.maxUnavailable | ternary ($tied | ternary 1 0) $update.maxUnavailable) | toJson -}}
{{- end -}}

{{- define "udp-probe.scrapePort" -}}
{{- if .Values.management.port }}management{{ else }}http{{ end -}}
{{- end -}}

{{- define "udp-probe.healthPort" -}}
{{- if index (default dict .Values.config.http) "health-port" }}health{{ else }}http{{ end -}}
{{- end -}}

{{/* "https" or "http", as the HTTP port takes it. */}}
{{- define "udp-probe.scheme" -}}
{{- if .Values.http.tlsSecret }}https{{ else }}http{{ end -}}
{{- end -}}

{{/* "true" if the port that is scraped takes TLS. */}}
{{- define "udp-probe.scrapeTls" -}}
{{- if empty .Values.management.port | ternary .Values.http.tlsSecret .Values.management.tlsSecret }}true{{ end -}}
{{- end -}}

{{/* "true" unless somebody has to show an account to ask. */}}
{{- define "udp-probe.openToAsk" -}}
{{- $security := default dict .Values.config.security -}}
{{- $accounts := or .Values.security.accountsSecret (index $security "account-files") -}}
{{- if hasKey $security "everybody" | ternary (has "ask" (default list $security.everybody)) (not $accounts) }}true{{ end -}}
{{- end -}}

{{/* "true" if the test of a refusal can run. */}}
{{- define "udp-probe.refusalTest" -}}
{{- if and (include "udp-probe.loopback" .) (include "udp-probe.openToAsk" .) (not .Values.http.tlsSecret) }}true{{ end -}}
{{- end -}}

{{/* The Secrets that the pod has as files, by what they are for. */}}
{{- define "udp-probe.secrets" -}}
{{- $secrets := dict -}}
{{- with .Values.security.accountsSecret }}{{ $_ := set $secrets "accounts" . }}{{ end -}}
{{- with .Values.http.tlsSecret }}{{ $_ := set $secrets "http-tls" . }}{{ end -}}
{{- if .Values.management.port }}{{ with .Values.management.tlsSecret }}{{ $_ := set $secrets "management-tls" . }}{{ end }}{{ end -}}
{{- toJson $secrets -}}
{{- end -}}

{{/* Selects the release's own series, in rules that are written for a job of this name. */}}
{{- define "udp-probe.job" -}}
{{- printf "job=%q, namespace=%q" (include "udp-probe.fullname" .) .Release.Namespace -}}
{{- end -}}
