// Jellyfin, with its data and its configuration on one disk of the replica, and Jellykeep beside it.
import { agentContainer, graceSeconds, restoreContainer } from 'injection.bicep'

@description('Name of the Container App.')
param name string

@description('Azure region.')
param location string

@description('Tags of the app.')
param tags object

@description('Resource id of the environment.')
param managedEnvironmentId string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Storage account of the archives.')
param accountUrl string

@description('Blob container of the archives.')
param containerName string

@description('Lineage of the app\'s data.')
param lineage string

@description('Image of Jellyfin.')
param jellyfinImage string

@description('small, medium or large.')
param size string

@description('Image of Jellykeep\'s agent.')
param agentImage string

@description('template or operator.')
param injectedBy string

@description('Policy that an operator would know the app by, NAMESPACE/NAME.')
param policy string

// Jellyfin's share of a replica: a quarter core and 0.5Gi are the agent's. The disk goes by the whole replica's cores.
var sizes = {
  small: {
    cpu: '0.75'
    memory: '1.5Gi'
    disk: '4Gi'
  }
  medium: {
    cpu: '1.75'
    memory: '3.5Gi'
    disk: '8Gi'
  }
  large: {
    cpu: '3.75'
    memory: '7.5Gi'
    disk: '8Gi'
  }
}
var injected = injectedBy == 'template'
var appId = toLower(resourceId('Microsoft.App/containerApps', name))
var jellyfin = {
  name: 'jellyfin'
  image: jellyfinImage
  resources: {
    cpu: json(sizes[size].cpu)
    memory: sizes[size].memory
  }
  volumeMounts: [
    {
      volumeName: 'config'
      mountPath: '/config'
    }
    {
      volumeName: 'media'
      mountPath: '/media'
    }
  ]
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: managedEnvironmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 8096
        transport: 'auto'
      }
    }
    template: {
      terminationGracePeriodSeconds: injected ? graceSeconds : null
      initContainers: injected
        ? [
            restoreContainer(agentImage, accountUrl, containerName, lineage, appId, policy, sizes[size].disk, identityClientId)
          ]
        : []
      containers: injected
        ? [
            jellyfin
            agentContainer(agentImage, accountUrl, containerName, lineage, appId, policy, sizes[size].disk, identityClientId)
          ]
        : [
            jellyfin
          ]
      volumes: [
        {
          name: 'config'
          storageType: 'EmptyDir'
        }
        {
          name: 'media'
          storageType: 'AzureFile'
          storageName: 'media'
        }
      ]
      scale: {
        minReplicas: 0
        maxReplicas: 1
        cooldownPeriod: 300
      }
    }
  }
}

output url string = 'https://${app.properties.configuration.ingress.fqdn}'
