{{/* Names and labels. */}}

{{- define "jellykeep.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 54 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 54 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 54 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "jellykeep.operator" -}}
{{ include "jellykeep.fullname" . }}-operator
{{- end -}}

{{- define "jellykeep.serviceAccount" -}}
{{- default (include "jellykeep.operator" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "jellykeep.selector" -}}
app.kubernetes.io/name: jellykeep-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "jellykeep.labels" -}}
{{ include "jellykeep.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: jellykeep
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* An image's name: pass {image, appVersion}. */}}
{{- define "jellykeep.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ default .appVersion .image.tag }}
{{- end -}}
{{- end -}}

{{/* "true" where a part of monitoring is wanted: pass {wanted, root}. */}}
{{- define "jellykeep.monitored" -}}
{{- if or (eq .wanted "Always") (and (eq .wanted "Auto") (.root.Capabilities.APIVersions.Has "monitoring.coreos.com/v1")) -}}
true
{{- end -}}
{{- end -}}
