// The environment, with workload profiles: only there have init containers an identity. Its logs, and the media share that its apps mount.
@description('Name of the Container Apps environment.')
param name string

@description('Name of the Log Analytics workspace.')
param logsName string

@description('Storage account of the media share.')
param mediaAccountName string

@description('Name of the media share.')
param mediaShareName string

@description('Azure region.')
param location string

@description('Tags of all resources.')
param tags object

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: logsName
  location: location
  tags: tags
  properties: {
    retentionInDays: 30
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource mediaAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: mediaAccountName
}

resource managedEnvironment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

resource mediaStorage 'Microsoft.App/managedEnvironments/storages@2025-01-01' = {
  parent: managedEnvironment
  name: 'media'
  properties: {
    azureFile: {
      accessMode: 'ReadOnly'
      accountName: mediaAccountName
      accountKey: mediaAccount.listKeys().keys[0].value
      shareName: mediaShareName
    }
  }
}

output id string = managedEnvironment.id
