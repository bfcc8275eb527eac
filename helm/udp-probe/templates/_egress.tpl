{{/*
Egress rules for a list of targets, in the forms that udp-probe.client.allowed-targets takes. A network policy knows no
names, so to a target with a name its port is open to every address; to one from the environment, every port is.
*/}}
{{- define "udp-probe.egress" -}}
{{- $syntax := `^(?:\[([0-9A-Fa-f:.]+)(?:/(\d+))?\]|([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)/(\d+)|([^:/\[\]]+)(?:/(\d+))?)(?::(\d+)(?:-(\d+))?)?$` -}}
{{- range . }}
{{- $address := regexMatch `\$\{.+\}` . | ternary "environment" . }}
{{- if not (regexMatch $syntax $address) }}{{ fail (printf "config: %q is not a target." .) }}{{ end }}
{{- $host := regexReplaceAll $syntax $address "${1}${3}${5}" }}
{{- $bits := regexReplaceAll $syntax $address "${2}${4}${6}" }}
{{- $first := regexReplaceAll $syntax $address "${7}" }}
{{- $last := regexReplaceAll $syntax $address "${8}" }}
- ports:
    - protocol: UDP
      {{- with $first }}
      port: {{ . }}
      {{- end }}
      {{- with $last }}
      endPort: {{ . }}
      {{- end }}
  {{- if or (contains ":" $host) (regexMatch `^\d+\.\d+\.\d+\.\d+$` $host) }}
  to:
    - ipBlock:
        cidr: {{ printf "%s/%s" $host (default (contains ":" $host | ternary "128" "32") $bits) | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Where the client may send: the allowed targets, or else the configured ones. As JSON. */}}
{{- define "udp-probe.targets" -}}
{{- $client := default dict .Values.config.client -}}
{{- $targets := list -}}
{{- range default list .Values.config.targets }}{{ $targets = append $targets .address }}{{ end -}}
{{- with $client.target }}{{ if contains ":" . }}{{ $targets = append $targets . }}{{ end }}{{ end -}}
{{- default $targets (index $client "allowed-targets") | uniq | toJson -}}
{{- end -}}
