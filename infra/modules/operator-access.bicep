// What the operator may: its role on the apps of the resource group, and Storage Blob Data Contributor on the archives. A module of its own, so that another identity of the same name gets assignments of its own.
@description('Object id of the operator\'s identity.')
param principalId string

@description('Storage account of the archives.')
param archivesAccountName string

@description('Blob container of the archives.')
param containerName string

var role = loadJsonContent('../roles/operator.json')

// Storage Blob Data Contributor
var contributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
)

resource roleDefinition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, role.Name)
  properties: {
    // unique in the whole tenant
    roleName: '${role.Name} (${uniqueString(resourceGroup().id)})'
    description: role.Description
    type: 'CustomRole'
    permissions: [
      {
        actions: role.Actions
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [
      resourceGroup().id
    ]
  }
}

resource operates 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, principalId, roleDefinition.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleDefinition.id
  }
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: archivesAccountName
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  parent: blobs
  name: containerName
}

resource seesArchives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(container.id, principalId, contributor)
  scope: container
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: contributor
  }
}
