// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ContractWallet} from "./ContractWallet.sol";

/// @notice Deploys contract wallets at addresses that are known before.
contract WalletFactory {
    function deploy(address owner) external returns (address) {
        return address(new ContractWallet{salt: 0}(owner));
    }

    function addressOf(address owner) external view returns (address) {
        bytes32 initCodeHash = keccak256(abi.encodePacked(type(ContractWallet).creationCode, abi.encode(owner)));
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(0), initCodeHash));
        return address(uint160(uint256(hash)));
    }
}
