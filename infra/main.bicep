// The Jellyfin server, on what ground.bicep has made. The lineage document has to be there: the azd hook makes it, or `jellykeep init`.
targetScope = 'subscription'

@minLength(1)
@description('Name of the azd environment.')
param environmentName string

@minLength(1)
@description('Azure region.')
param location string

@minLength(1)
@description('Resource group that ground.bicep has made.')
param resourceGroupName string

@description('Name of the Container App.')
param appName string

@description('Resource id of the Container Apps environment.')
param managedEnvironmentId string

@description('Resource id of the identity of Jellyfin\'s replicas.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('URL of the storage account of the archives.')
param accountUrl string

@description('Blob container of the archives.')
param containerName string

@description('Lineage of the app\'s data.')
param lineage string

@description('Image of Jellyfin, with a tag that names a version: what changes by itself changes the data by itself.')
param jellyfinImage string = 'docker.io/jellyfin/jellyfin:10.11.3'

@allowed([
  'small'
  'medium'
  'large'
])
@description('What a replica has, Jellykeep\'s quarter core included: small 1 core and 2Gi, medium 2 and 4Gi, large 4 and 8Gi.')
param size string = 'small'

@description('Image of Jellykeep\'s agent.')
param agentImage string = 'ghcr.io/jellykeep/agent:0.1.0'

@allowed([
  'operator'
  'template'
])
@description('Who puts Jellykeep\'s containers into the app. template: they are in here, and an operator finds nothing to do. operator: for demonstrations; until an operator has come, and after each later deployment until it has come again, the server is not protected.')
param injectedBy string = 'template'

@description('Policy that an operator would know the app by, NAMESPACE/NAME.')
param policy string = 'media/family'

module server 'modules/server.bicep' = {
  name: 'jellykeep-server'
  scope: resourceGroup(resourceGroupName)
  params: {
    name: appName
    location: location
    tags: {
      'azd-env-name': environmentName
    }
    managedEnvironmentId: managedEnvironmentId
    identityId: identityId
    identityClientId: identityClientId
    accountUrl: accountUrl
    containerName: containerName
    lineage: lineage
    jellyfinImage: jellyfinImage
    size: size
    agentImage: agentImage
    injectedBy: injectedBy
    policy: policy
  }
}

output JELLYFIN_URL string = server.outputs.url
