// The media share, in an account of its own: Container Apps mounts Azure Files with the account's key, and the archives' account has none.
@description('Name of the storage account.')
param accountName string

@description('Azure region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Size limit of the share, in GiB.')
param quotaGiB int

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    shareDeleteRetentionPolicy: {
      enabled: true
      days: 14
    }
  }
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: 'media'
  properties: {
    accessTier: 'Hot'
    enabledProtocols: 'SMB'
    shareQuota: quotaGiB
  }
}

output accountName string = account.name
output shareName string = share.name
