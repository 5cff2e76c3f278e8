// The storage account of the archives. Nobody has a key to it, and what is deleted or overwritten stays for 14 days.
@description('Name of the storage account.')
param accountName string

@description('Name of the blob container.')
param containerName string

@description('Azure region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Redundancy of the account.')
param redundancy string

@description('Whether the account is locked against being deleted.')
param lock bool

@description('Object id of the identity of Jellyfin\'s replicas.')
param agentPrincipalId string

@description('Object id of who deploys; empty: nobody.')
param principalId string

@description('What principalId is.')
param principalType string

var days = 14

// Storage Blob Data Contributor
var contributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
)

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: days
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: days
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}

// Removes previous versions alone. A rule for current blobs would remove archives behind the back of the lineage.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  dependsOn: [
    blobs
  ]
  properties: {
    policy: {
      rules: [
        {
          name: 'remove-previous-versions'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: [
                'blockBlob'
              ]
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: days
                }
              }
            }
          }
        }
        // A report is written every 30 seconds while a server runs: nobody asks for the one before.
        {
          name: 'remove-previous-reports'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: [
                'blockBlob'
              ]
              prefixMatch: [
                '${containerName}/status/'
              ]
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: 0
                }
              }
            }
          }
        }
      ]
    }
  }
}

// `azd down` and a deleted resource group would take all archives with them, whatever soft delete keeps.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  name: 'keep-archives'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'All archives of Jellyfin go with this account.'
  }
}

resource agentWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(container.id, agentPrincipalId, contributor)
  scope: container
  properties: {
    principalId: agentPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
  }
}

resource personWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(principalId)) {
  name: guid(container.id, principalId, contributor)
  scope: container
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: contributor
  }
}

output accountName string = account.name
output accountUrl string = 'https://${account.name}.blob.${environment().suffixes.storage}'
