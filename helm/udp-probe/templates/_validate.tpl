{{/* What the schema cannot say, or not in a sentence. */}}
{{- define "udp-probe.validate" -}}
{{- $values := .Values -}}
{{- if lt (int $values.terminationGracePeriodSeconds) (add (int $values.drainSeconds) 30 | int) -}}
{{- fail "terminationGracePeriodSeconds must be at least drainSeconds + 30, or requests in flight are cut off." -}}
{{- end -}}
{{- if and $values.autoscaling.enabled (eq $values.workload "daemonset") -}}
{{- fail "autoscaling.enabled needs workload: deployment." -}}
{{- end -}}
{{- if and $values.autoscaling.enabled (not (or $values.autoscaling.cpuUtilization $values.autoscaling.memoryUtilization)) -}}
{{- fail "autoscaling needs cpuUtilization or memoryUtilization." -}}
{{- end -}}
{{- if gt (int $values.autoscaling.minReplicas) (int $values.autoscaling.maxReplicas) -}}
{{- fail "autoscaling.minReplicas must not exceed autoscaling.maxReplicas." -}}
{{- end -}}
{{- if and $values.udpService.externalTrafficPolicy (eq $values.udpService.type "ClusterIP") -}}
{{- fail "udpService.externalTrafficPolicy needs udpService.type NodePort or LoadBalancer." -}}
{{- end -}}
{{- if and $values.udpService.healthCheckNodePort (or (ne $values.udpService.type "LoadBalancer") (ne $values.udpService.externalTrafficPolicy "Local")) -}}
{{- fail "udpService.healthCheckNodePort needs udpService.type LoadBalancer and externalTrafficPolicy Local." -}}
{{- end -}}
{{- range $service := list "udpService" "httpService" -}}
{{- $type := (index $values $service).type -}}
{{- if and (index $values $service).nodePort (eq $type "ClusterIP") -}}
{{- fail (printf "%s.nodePort needs %s.type NodePort or LoadBalancer." $service $service) -}}
{{- end -}}
{{- if and (index $values $service).loadBalancerSourceRanges (ne $type "LoadBalancer") -}}
{{- fail (printf "%s.loadBalancerSourceRanges needs %s.type LoadBalancer." $service $service) -}}
{{- end -}}
{{- end -}}
{{- if and $values.udpService.loadBalancerClass (ne $values.udpService.type "LoadBalancer") -}}
{{- fail "udpService.loadBalancerClass needs udpService.type LoadBalancer." -}}
{{- end -}}
{{- with $values.podDisruptionBudget -}}
{{- if and .enabled (eq $values.workload "daemonset") (not (kindIs "float64" .minAvailable)) (not (kindIs "int64" .minAvailable)) -}}
{{- fail "podDisruptionBudget needs minAvailable, as a number, for a DaemonSet: Kubernetes cannot tell how many pods that wants." -}}
{{- end -}}
{{- if and (not (kindIs "invalid" .minAvailable)) (not (kindIs "invalid" .maxUnavailable)) -}}
{{- fail "podDisruptionBudget takes minAvailable or maxUnavailable, not both." -}}
{{- end -}}
{{- end -}}
{{- $update := include "udp-probe.update" . | fromJson -}}
{{- $surges := not (has (toString $update.maxSurge) (list "0" "0%")) -}}
{{- $misses := not (has (toString $update.maxUnavailable) (list "0" "0%")) -}}
{{- if not (or $surges $misses) -}}
{{- fail "update.maxSurge and update.maxUnavailable must not both be 0." -}}
{{- end -}}
{{- if and $surges $misses (eq $values.workload "daemonset") -}}
{{- fail "one of update.maxSurge and update.maxUnavailable must be 0 for a DaemonSet." -}}
{{- end -}}
{{- $names := list "SERVER_PORT" "MANAGEMENT_SERVER_PORT" -}}
{{- if $values.jvmOptions }}{{ $names = append $names "JAVA_TOOL_OPTIONS" }}{{ end -}}
{{- range $values.env -}}
{{- if has .name $names -}}
{{- fail (printf "env: %s is set twice; http.port, management.port and jvmOptions set SERVER_PORT, MANAGEMENT_SERVER_PORT and JAVA_TOOL_OPTIONS." .name) -}}
{{- end -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- $security := default dict $values.config.security -}}
{{- if and $values.security.accountsSecret (index $security "account-files") -}}
{{- fail "security.accountsSecret and config.security.account-files must not both be set; the Secret may have several files." -}}
{{- end -}}
{{- $closed := or $values.security.accountsSecret (index $security "account-files") -}}
{{- $looks := or (index $security "open-metrics") (has "view" (default list $security.everybody)) -}}
{{- $shown := or $looks (and $closed $values.monitoring.authorization.secret) -}}
{{- if and (or $closed (hasKey $security "everybody")) (not $shown) (ne $values.monitoring.monitor "none") -}}
{{- fail "monitoring.monitor needs accounts and monitoring.authorization.secret, the token of one that may view, or config.security.open-metrics: true." -}}
{{- end -}}
{{- if and $values.management.tlsSecret (not $values.management.port) -}}
{{- fail "management.tlsSecret needs management.port; http.tlsSecret is for the port that both share." -}}
{{- end -}}
{{- if eq (toString $values.management.port) (toString $values.http.port) -}}
{{- fail "management.port must differ from http.port; leave it null to share that." -}}
{{- end -}}
{{- with index (default dict $values.config.http) "health-port" -}}
{{- if has (toString .) (list (toString $values.http.port) (toString $values.management.port)) -}}
{{- fail "config.http.health-port must differ from http.port and management.port; set it to null to have the probes use http.port." -}}
{{- end -}}
{{- end -}}
{{- end -}}
