// Jellykeep's two containers, as its operator puts them into an app. Made from the operator's plan code by
// tools/update-docs, and kept equal by a test: not edited by hand.
@export()
@description('Seconds from SIGTERM to SIGKILL: time for the last backup.')
var graceSeconds = 120

@export()
@description('Restores the data before Jellyfin starts.')
func restoreContainer(image string, accountUrl string, container string, lineage string, app string, policy string, disk string, clientId string) object => {
  name: 'jellykeep-restore'
  image: image
  args: [
    'restore'
    '--init'
  ]
  env: [
    {
      name: 'JELLYKEEP_ACCOUNT_URL'
      value: accountUrl
    }
    {
      name: 'JELLYKEEP_CONTAINER'
      value: container
    }
    {
      name: 'JELLYFIN_DATA_DIR'
      value: '/config'
    }
    {
      name: 'JELLYKEEP_LINEAGE'
      value: lineage
    }
    {
      name: 'JELLYKEEP_APP'
      value: app
    }
    {
      name: 'JELLYKEEP_POLICY'
      value: policy
    }
    {
      name: 'JELLYKEEP_CONTRACT'
      value: '1'
    }
    {
      name: 'JELLYKEEP_FORMER_GRACE'
      value: 'none'
    }
    {
      name: 'JELLYKEEP_EPHEMERAL_QUOTA'
      value: disk
    }
    {
      name: 'AZURE_CLIENT_ID'
      value: clientId
    }
  ]
  resources: {
    cpu: json('0.25')
    memory: '0.5Gi'
  }
  volumeMounts: [
    {
      volumeName: 'config'
      mountPath: '/config'
    }
  ]
}

@export()
@description('Backs the data up while Jellyfin runs.')
func agentContainer(image string, accountUrl string, container string, lineage string, app string, policy string, disk string, clientId string) object => {
  name: 'jellykeep-agent'
  image: image
  args: [
    'run'
  ]
  env: [
    {
      name: 'JELLYKEEP_ACCOUNT_URL'
      value: accountUrl
    }
    {
      name: 'JELLYKEEP_CONTAINER'
      value: container
    }
    {
      name: 'JELLYFIN_DATA_DIR'
      value: '/config'
    }
    {
      name: 'JELLYKEEP_LINEAGE'
      value: lineage
    }
    {
      name: 'JELLYKEEP_APP'
      value: app
    }
    {
      name: 'JELLYKEEP_POLICY'
      value: policy
    }
    {
      name: 'JELLYKEEP_CONTRACT'
      value: '1'
    }
    {
      name: 'JELLYKEEP_FORMER_GRACE'
      value: 'none'
    }
    {
      name: 'JELLYKEEP_EPHEMERAL_QUOTA'
      value: disk
    }
    {
      name: 'AZURE_CLIENT_ID'
      value: clientId
    }
  ]
  resources: {
    cpu: json('0.25')
    memory: '0.5Gi'
  }
  volumeMounts: [
    {
      volumeName: 'config'
      mountPath: '/config'
    }
  ]
  probes: [
    {
      type: 'Liveness'
      httpGet: {
        path: '/livez'
        port: 8097
        scheme: 'HTTP'
      }
      initialDelaySeconds: 60
      periodSeconds: 75
      timeoutSeconds: 10
      failureThreshold: 10
      successThreshold: 1
    }
  ]
}
