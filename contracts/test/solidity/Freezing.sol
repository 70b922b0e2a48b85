// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {FreezableToken} from "../../contracts/test/FreezableToken.sol";
import {CustodyState} from "./CustodyState.sol";
import {VM} from "./Vm.sol";

/// @notice The payment token freezes people, models, boxes, the pledge or the vault, and lets all of them go again.
abstract contract Freezing is CustodyState {
    constructor() {
        _declare("freeze: person");
        _declare("freeze: model");
        _declare("freeze: box");
        _declare("freeze: pledge");
        _declare("freeze: vault");
    }

    function freeze(uint256 seed) public {
        (uint256 kind, uint256 at) = (seed % 8, seed / 8);
        if (kind == 0) _freeze(address(models[at % MODELS]), "freeze: model");
        else if (kind == 1) _freeze(address(pledge), "freeze: pledge");
        else if (kind == 2) _freeze(address(vault), "freeze: vault");
        else if (kind < 5 && locks != 0) _freeze(vault.boxOf(1 + at % locks), "freeze: box");
        else _freeze(people[at % PEOPLE], "freeze: person");
        _done();
    }

    function thaw() public {
        for (uint256 i; i < PEOPLE; ++i) {
            token.setFrozen(people[i], false);
        }
        for (uint256 m; m < MODELS; ++m) {
            token.setFrozen(address(models[m]), false);
        }
        for (uint256 id = 1; id <= locks; ++id) {
            token.setFrozen(vault.boxOf(id), false);
        }
        token.setFrozen(address(pledge), false);
        token.setFrozen(address(vault), false);
        _done();
    }

    /// @dev Makes a call that goes through, unless the token may refuse somebody on its way. That is a kind of its own.
    function _attempt(address caller, address target, bytes memory call_, bool refusable, bytes32 refusal)
        internal
        returns (bool success, bytes memory result)
    {
        VM.prank(caller);
        (success, result) = target.call(call_);
        if (success) return (success, result);
        require(bytes4(result) == FreezableToken.Frozen.selector, "refused, but not by the token");
        require(refusable, "refused against the rules");
        _done(refusal);
    }

    /// @dev Whether the token may refuse to let the revenue of a lock out of its box, or into it.
    function _stuck(uint256 id) internal view returns (bool) {
        return token.frozen(vault.boxOf(id)) || token.frozen(address(vault.lockOf(id).model));
    }

    function _freeze(address account, bytes32 kind) private {
        token.setFrozen(account, true);
        _done(kind);
    }
}
