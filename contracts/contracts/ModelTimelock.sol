// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {AccessControlEnumerable} from "@openzeppelin/contracts/access/extensions/AccessControlEnumerable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/**
 * @title ModelTimelock
 * @notice OpenZeppelin's TimelockController whose roles can be listed on chain, so that a contract can prove that
 * nobody but its governor acts through it.
 */
contract ModelTimelock is TimelockController, AccessControlEnumerable {
    /// @param minDelay Seconds between queueing and execution.
    /// @param governor The only proposer, canceller and executor. There is no admin but the timelock itself.
    constructor(uint256 minDelay, address governor)
        TimelockController(minDelay, _only(governor), _only(governor), address(0))
    {}

    /// @inheritdoc TimelockController
    function supportsInterface(bytes4 interfaceId)
        public
        view
        override(TimelockController, AccessControlEnumerable)
        returns (bool)
    {
        return super.supportsInterface(interfaceId);
    }

    function _grantRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        return super._grantRole(role, account);
    }

    function _revokeRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        return super._revokeRole(role, account);
    }

    function _only(address account) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
