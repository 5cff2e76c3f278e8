// All that a Jellyfin server with Jellykeep stands on: archives, media, logs, an environment, identities and roles. Nothing of it runs or costs by the hour, but for AKS where it is asked for.
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('Name of the azd environment. The resource group is named after it.')
param environmentName string

@minLength(1)
@description('Azure region.')
param location string

@description('Object id of who deploys. It may read and write the archives, and makes the lineage document. Empty: nobody.')
param principalId string = ''

@allowed([
  'ServicePrincipal'
  'User'
])
@description('What principalId is.')
param principalType string = 'User'

@allowed([
  'Standard_GRS'
  'Standard_GZRS'
  'Standard_LRS'
  'Standard_RAGRS'
  'Standard_RAGZRS'
  'Standard_ZRS'
])
@description('Redundancy of the archives. Some regions have no zones: Standard_LRS there.')
param storageRedundancy string = 'Standard_ZRS'

@minValue(1)
@maxValue(102400)
@description('Size limit of the media share, in GiB. What is used is paid for, not the limit.')
param mediaQuotaGiB int = 1024

@description('Lineage of archives that are there already, where their document names another one than the app has by itself. Empty: the app\'s own.')
param existingLineage string = ''

@description('Whether the account of the archives is locked, so that nothing deletes it by the way.')
param lockArchives bool = true

@description('Whether to make an AKS cluster for the operator too, with an identity and roles for it.')
param deployAks bool = false

var token = uniqueString(subscription().id, environmentName, location)
var tags = {
  'azd-env-name': environmentName
}
var appName = 'jellyfin'
var containerName = 'jellyfin-backups'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

var appId = '${group.id}/providers/Microsoft.App/containerApps/${appName}'

module identity 'modules/identity.bicep' = {
  name: 'jellykeep-identity'
  scope: group
  params: {
    name: 'id-jellyfin-${token}'
    location: location
    tags: tags
  }
}

module archives 'modules/archives.bicep' = {
  name: 'jellykeep-archives'
  scope: group
  params: {
    accountName: 'stjk${token}'
    containerName: containerName
    location: location
    tags: tags
    redundancy: storageRedundancy
    lock: lockArchives
    agentPrincipalId: identity.outputs.principalId
    principalId: principalId
    principalType: principalType
  }
}

module media 'modules/media.bicep' = {
  name: 'jellykeep-media'
  scope: group
  params: {
    accountName: 'stmd${token}'
    location: location
    tags: tags
    quotaGiB: mediaQuotaGiB
  }
}

module appsEnvironment 'modules/environment.bicep' = {
  name: 'jellykeep-environment'
  scope: group
  params: {
    name: 'cae-${token}'
    logsName: 'log-${token}'
    mediaAccountName: media.outputs.accountName
    mediaShareName: media.outputs.shareName
    location: location
    tags: tags
  }
}

module operator 'modules/operator.bicep' = if (deployAks) {
  name: 'jellykeep-operator'
  scope: group
  params: {
    clusterName: 'aks-${token}'
    identityName: 'id-jellykeep-operator-${token}'
    archivesAccountName: archives.outputs.accountName
    containerName: containerName
    location: location
    tags: tags
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output JELLYFIN_APP_NAME string = appName
output JELLYFIN_APP_ID string = appId
output JELLYFIN_ENVIRONMENT_ID string = appsEnvironment.outputs.id
output JELLYFIN_IDENTITY_ID string = identity.outputs.id
output JELLYFIN_IDENTITY_CLIENT_ID string = identity.outputs.clientId
output JELLYKEEP_ACCOUNT_URL string = archives.outputs.accountUrl
output JELLYKEEP_CONTAINER string = containerName
output JELLYKEEP_LINEAGE string = empty(existingLineage) ? guid(toLower(appId)) : existingLineage
output MEDIA_ACCOUNT string = media.outputs.accountName
output AKS_CLUSTER string = deployAks ? operator!.outputs.clusterName : ''
output JELLYKEEP_OPERATOR_CLIENT_ID string = deployAks ? operator!.outputs.clientId : ''
