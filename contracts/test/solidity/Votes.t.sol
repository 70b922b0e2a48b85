// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {HandlerTest} from "./HandlerTest.sol";
import {Parliament} from "./Parliament.sol";

/// @notice Votes are those of shares that were held through the end of a second before the vote.
contract VotesTest is HandlerTest {
    Parliament private _parliament;

    function setUp() public {
        _parliament = Parliament(deploy("Parliament"));
    }

    function invariant_I18_borrowedVotesWeighNothing() public view {
        require(!_parliament.borrowedProposal(), "proposed with borrowed shares");
        uint256[] memory proposals = _parliament.proposals();
        for (uint256 i; i < proposals.length; ++i) {
            (uint256 against, uint256 inFavour, uint256 abstain) = _parliament.governor().proposalVotes(proposals[i]);
            require(against + inFavour + abstain == _parliament.due(proposals[i]), "votes of a proposal");
        }
    }

    function _handler() internal view override returns (Handler) {
        return _parliament;
    }

    function _name() internal pure override returns (string memory) {
        return "Parliament";
    }
}
